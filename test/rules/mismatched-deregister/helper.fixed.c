//- filter.h
#include <ndis.h>
extern NDIS_HANDLE FilterHandle;
DRIVER_UNLOAD FilterUnload;
VOID FilterStop(NDIS_HANDLE Handle);
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

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    FilterStop(FilterHandle);
}
//- stop.c
#include "filter.h"

VOID FilterStop(NDIS_HANDLE Handle)
{
    if (Handle != NULL) {
        NdisFDeregisterFilterDriver(Handle);
    }
}
