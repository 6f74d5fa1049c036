//- driver.c
#include <ndis.h>

NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
#include "cleanup.h"

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;

    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }

    status = IoRegisterShutdownNotification(DriverObject->DeviceObject);
    if (!NT_SUCCESS(status)) {
        FilterCleanup();
        return status;
    }
    return STATUS_SUCCESS;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}
//- cleanup.h
extern NDIS_HANDLE FilterHandle;
VOID FilterCleanup(VOID);
//- cleanup.c
#include <ndis.h>
#include "cleanup.h"

VOID FilterCleanup(VOID)
{
    if (FilterHandle != NULL) {
        NdisFDeregisterFilterDriver(FilterHandle);
        FilterHandle = NULL;
    }
}
