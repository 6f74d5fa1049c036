//- filter.h
#include <ndis.h>
NDIS_STATUS RegisterFilter(PDRIVER_OBJECT DriverObject, PNDIS_HANDLE Handle);
//- driver.c
#include "filter.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

static NDIS_HANDLE handle;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = FilterUnload;
    do {
        status = RegisterFilter(DriverObject, &handle);
        if (status != NDIS_STATUS_SUCCESS) {
            break;
        }
        if (handle == NULL) {
            DbgPrint("no handle\n");
        }
    } while (FALSE);
    return status;
}
//- register.c
#include "filter.h"

NDIS_STATUS RegisterFilter(PDRIVER_OBJECT DriverObject, PNDIS_HANDLE Handle)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    *Handle = NULL;
    return NdisFRegisterFilterDriver(DriverObject, NULL, &chars, Handle);
}
