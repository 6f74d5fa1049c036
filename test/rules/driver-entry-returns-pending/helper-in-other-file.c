//- entry.c
#include <ndis.h>
#include "filter.h"

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = FilterUnload;
    return FilterRegister(DriverObject);
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error driver-entry-returns-pending: 'DriverEntry' must finish before it returns; it cannot return 'STATUS_PENDING'
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
    NDIS_STATUS status;

    FillCharacteristics(&chars);
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    return status == NDIS_STATUS_SUCCESS ? STATUS_PENDING : status;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}
