//- driver.c
#include "filter.h"

NDIS_HANDLE FilterHandle;
NDIS_HANDLE DeviceHandle;
static PDEVICE_OBJECT ControlDevice;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_DEVICE_OBJECT_ATTRIBUTES device;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = FilterUnload;
    FillCharacteristics(&chars);
    FillDevice(&device);

    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    status = NdisRegisterDeviceEx(FilterHandle, &device, &ControlDevice, &DeviceHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFDeregisterFilterDriver(FilterHandle);
    }
    return status;
}
//- cleanup.c
#include "filter.h"

VOID RemoveDevice(VOID)
{
    if (DeviceHandle != NULL) {
        NdisDeregisterDeviceEx(DeviceHandle);
    //  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning deregistered-out-of-order: 'NdisDeregisterDeviceEx' must come before 'NdisFDeregisterFilterDriver'
        DeviceHandle = NULL;
    }
}
//- unload.c
#include "filter.h"

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
    RemoveDevice();
}
//- filter.h
#include <ndis.h>

extern NDIS_HANDLE FilterHandle;
extern NDIS_HANDLE DeviceHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
VOID FillCharacteristics(PNDIS_FILTER_DRIVER_CHARACTERISTICS Chars);
VOID FillDevice(PNDIS_DEVICE_OBJECT_ATTRIBUTES Device);
VOID RemoveDevice(VOID);
