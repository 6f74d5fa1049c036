//- entry.c
#include <ndis.h>
#include "filter.h"

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = FilterUnload;
    status = FilterRegister(DriverObject);
    if (!NT_SUCCESS(status)) {
        return STATUS_UNSUCCESSFUL;
    //  ^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint registration-status-replaced: failure of 'NdisFRegisterFilterDriver' is replaced by 'STATUS_UNSUCCESSFUL'; return the original status
    }
    return STATUS_SUCCESS;
}
//- filter.h
NTSTATUS FilterRegister(PDRIVER_OBJECT DriverObject);
DRIVER_UNLOAD FilterUnload;
//- filter.c
#include <ndis.h>
#include "filter.h"

static NDIS_HANDLE FilterHandle;

NTSTATUS FilterRegister(PDRIVER_OBJECT DriverObject)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    return NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}
