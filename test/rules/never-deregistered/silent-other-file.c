//- driver.c
#include "filter.h"

NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;
    return NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
}
//- filter.h
#include <ndis.h>
extern NDIS_HANDLE FilterHandle;
DRIVER_UNLOAD FilterUnload;
VOID FilterShutDown(NDIS_HANDLE Handle);
//- unload.c
#include "filter.h"

DRIVER_UNLOAD FilterUnload;

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    FilterShutDown(FilterHandle);
}
//- shutdown.c
#include "filter.h"

VOID FilterShutDown(NDIS_HANDLE Handle)
{
    NdisFDeregisterFilterDriver(Handle);
}
