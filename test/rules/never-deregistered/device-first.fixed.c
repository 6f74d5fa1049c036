//- filter.h
#include <ndis.h>
extern NDIS_HANDLE FilterHandle;
NDIS_STATUS FilterCreateDevice(VOID);
DRIVER_UNLOAD FilterUnload;
//- device.c
#include "filter.h"

NDIS_HANDLE DeviceHandle;

NDIS_STATUS FilterCreateDevice(VOID)
{
    NDIS_DEVICE_OBJECT_ATTRIBUTES attributes;
    PDEVICE_OBJECT device;

    FillAttributes(&attributes);
    return NdisRegisterDeviceEx(FilterHandle, &attributes, &device, &DeviceHandle);
}
//- driver.c
#include "filter.h"

NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = FilterCreateDevice();
    if (!NT_SUCCESS(status)) {
        NdisFDeregisterFilterDriver(FilterHandle);
    }
    return status;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterDeviceEx(DeviceHandle);
    NdisFDeregisterFilterDriver(FilterHandle);
}
