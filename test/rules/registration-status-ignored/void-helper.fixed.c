//- entry.c
#include <ndis.h>
#include "filter.h"

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = FilterUnload;
    FilterRegister(DriverObject);
    return STATUS_SUCCESS;
}
//- filter.h
VOID FilterRegister(PDRIVER_OBJECT DriverObject);
DRIVER_UNLOAD FilterUnload;
//- filter.c
#include <ndis.h>
#include "filter.h"

static NDIS_HANDLE FilterHandle;

VOID FilterRegister(PDRIVER_OBJECT DriverObject)
{
    NDIS_STATUS status;
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return;
    }
    DbgPrint("filter: %p\n", FilterHandle);
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (FilterHandle != NULL) {
        NdisFDeregisterFilterDriver(FilterHandle);
    }
}
